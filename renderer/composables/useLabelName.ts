import { useI18n } from 'vue-i18n';
import { IGNORE } from '../../shared/types.js';
import { useProject } from '../stores/project.js';

/** What a label is called: background, the class, or ignore. */
export function useLabelName(): (label: number) => string {
  const { t } = useI18n();
  const project = useProject();
  return (label) => {
    if (label === 0) return t('label.background');
    return label === IGNORE ? t('label.ignore') : (project.classNames[label - 1] ?? String(label));
  };
}
